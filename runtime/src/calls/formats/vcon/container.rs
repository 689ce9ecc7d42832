//! What a vCon holds, read leniently: a field that is not as it should be matters only where it is needed. Knows no transcript.

use crate::calls::decimal::Decimal;
use crate::fault::Fault;
use serde::Deserialize;
use serde_json::value::RawValue;

/// How to come by a transcript.
const TRANSCRIBE: &str = "transcribe the recording, and add what comes of it to `analysis` as `{\"type\": \"transcript\", \"dialog\": 0, \"body\": …}`";

/// A vCon.
pub struct Container<'a> {
    /// Its own name, if it has one.
    pub uuid: Option<String>,
    pub parties: Vec<Party>,
    pub dialogs: Vec<Dialog<'a>>,
    analyses: Vec<Analysis<'a>>,
    attachments: Vec<Analysis<'a>>,
}

/// Who takes part.
#[derive(Debug, Default)]
pub struct Party {
    /// Their role in words, as the vCon says it.
    pub role: Option<String>,
    /// Names by which they may be called: name, address, number.
    pub names: Vec<String>,
}

/// A recording, a message, or something else that happened.
#[derive(Deserialize, Default)]
pub struct Dialog<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    start: Option<&'a RawValue>,
    #[serde(borrow)]
    duration: Option<&'a RawValue>,
    #[serde(borrow)]
    parties: Option<&'a RawValue>,
    #[serde(borrow)]
    originator: Option<&'a RawValue>,
    /// What it holds, if it holds it itself.
    #[serde(borrow)]
    pub body: Option<&'a RawValue>,
    #[serde(borrow)]
    pub encoding: Option<&'a RawValue>,
    #[serde(borrow)]
    pub url: Option<&'a RawValue>,
    #[serde(borrow, alias = "mimetype")]
    mediatype: Option<&'a RawValue>,
}

/// Something that was made of a dialog.
#[derive(Deserialize, Default)]
pub struct Analysis<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    purpose: Option<&'a RawValue>,
    #[serde(borrow)]
    dialog: Option<&'a RawValue>,
    #[serde(borrow)]
    pub body: Option<&'a RawValue>,
    #[serde(borrow)]
    pub encoding: Option<&'a RawValue>,
    #[serde(borrow)]
    pub url: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    uuid: Option<&'a RawValue>,
    #[serde(borrow)]
    parties: Option<&'a RawValue>,
    #[serde(borrow)]
    dialog: Option<&'a RawValue>,
    #[serde(borrow)]
    analysis: Option<&'a RawValue>,
    #[serde(borrow)]
    attachments: Option<&'a RawValue>,
    #[serde(borrow)]
    payload: Option<&'a RawValue>,
    #[serde(borrow)]
    ciphertext: Option<&'a RawValue>,
}

impl<'a> Container<'a> {
    /// A vCon.
    ///
    /// # Errors
    /// A [`Fault`] if it is sealed, or if a list is none.
    pub fn read(text: &'a str) -> Result<Container<'a>, Fault> {
        let top: Top<'a> = serde_json::from_str(text).map_err(|error| crate::calls::json_fault(&error))?;
        if top.ciphertext.is_some() {
            let fault = Fault::new("this vCon is encrypted (JWE), and what is in it cannot be read").at("ciphertext");
            return Err(fault.mend("decrypt it with the key of whoever received it, and give the vCon that comes out"));
        }
        if top.payload.is_some() && top.dialog.is_none() {
            let fault = Fault::new("this vCon is signed (JWS); signatures are not checked here, so it is not opened");
            let mend = "check the signature, and give the vCon that `payload` holds in base64url";
            return Err(fault.at("payload").mend(mend));
        }
        let parties = items(top.parties, "parties")?.into_iter().map(Party::read).collect();
        Ok(Container {
            uuid: top.uuid.and_then(word).filter(|uuid| !uuid.trim().is_empty() && !uuid.chars().any(char::is_control)),
            parties,
            dialogs: objects(top.dialog, "dialog")?,
            analyses: objects(top.analysis, "analysis")?,
            attachments: objects(top.attachments, "attachments")?,
        })
    }

    /// What may be a transcript, with its place, in the order of the file.
    pub fn transcripts(&self) -> impl Iterator<Item = (String, &Analysis<'a>)> {
        let placed = |list: &'static str| move |(number, one)| (format!("{list}[{number}]"), one);
        let analyses = self.analyses.iter().enumerate().map(placed("analysis"));
        let attachments = self.attachments.iter().enumerate().map(placed("attachments"));
        analyses.chain(attachments).filter(|(_, one)| one.is_transcript())
    }

    /// What to say of a vCon in which there is nothing to read.
    pub fn without_transcript(&self) -> Fault {
        let recording = self.dialogs.iter().enumerate().find(|(_, dialog)| dialog.is("recording"));
        let Some((number, recording)) = recording else {
            let what = if self.dialogs.is_empty() {
                "nothing was said in this vCon: `dialog` is empty"
            } else {
                "this vCon holds no transcript"
            };
            return Fault::new(what)
                .at("dialog")
                .mend("give a vCon with a transcript in `analysis`, or with messages in `dialog`");
        };
        let place = format!("dialog[{number}]");
        if let Some(party) = recording.parties().into_iter().flatten().find(|party| *party >= self.parties.len()) {
            let what = format!(
                "this vCon holds no transcript, and its recording names party {party} of {}",
                self.parties.len()
            );
            return Fault::new(what)
                .at(format!("{place}.parties"))
                .mend(format!("correct the number (they count from 0), and {TRANSCRIBE}"));
        }
        let where_it_is = match (recording.body, recording.url) {
            (Some(_), _) => "inside, and recordings are not read yet",
            (None, Some(_)) => "at a URL, which is never fetched",
            (None, None) => "not in it",
        };
        Fault::new(format!("this vCon holds no transcript; its recording is {where_it_is}")).at(place).mend(TRANSCRIBE)
    }
}

impl Party {
    fn read(raw: &RawValue) -> Party {
        #[derive(Deserialize, Default)]
        struct Fields<'a> {
            #[serde(borrow)]
            role: Option<&'a RawValue>,
            #[serde(borrow)]
            meta: Option<&'a RawValue>,
            #[serde(borrow)]
            name: Option<&'a RawValue>,
            #[serde(borrow)]
            tel: Option<&'a RawValue>,
            #[serde(borrow)]
            mailto: Option<&'a RawValue>,
            #[serde(borrow)]
            email: Option<&'a RawValue>,
            #[serde(borrow)]
            id: Option<&'a RawValue>,
            #[serde(borrow)]
            uuid: Option<&'a RawValue>,
        }
        let fields: Fields<'_> = serde_json::from_str(raw.get()).unwrap_or_default();
        let inside: Fields<'_> = fields.meta.and_then(|meta| serde_json::from_str(meta.get()).ok()).unwrap_or_default();
        let names = [fields.name, fields.tel, fields.mailto, fields.email, fields.id, fields.uuid];
        Party {
            role: fields.role.or(inside.role).and_then(word),
            names: names.into_iter().flatten().filter_map(word).filter(|name| !name.trim().is_empty()).collect(),
        }
    }
}

impl<'a> Dialog<'a> {
    /// Is it of this type?
    pub fn is(&self, kind: &str) -> bool {
        self.kind.and_then(word).is_some_and(|own| own.eq_ignore_ascii_case(kind))
    }

    /// Is what it holds plain text, or not said to be anything else?
    pub fn is_plain_text(&self) -> bool {
        self.mediatype.and_then(word).is_none_or(|kind| kind.trim().to_lowercase().starts_with("text/plain"))
    }

    /// When it starts, as written.
    pub fn start(&self) -> Option<String> {
        self.start.and_then(word)
    }

    /// How long it lasts, in seconds.
    pub fn duration(&self) -> Option<Decimal<'a>> {
        self.duration.and_then(|raw| serde_json::from_str(raw.get()).ok())
    }

    /// The numbers of its parties: those of each channel, or those of the one channel each by itself.
    pub fn parties(&self) -> Vec<Vec<usize>> {
        let Some(raw) = self.parties else { return Vec::new() };
        if let Some(one) = number(raw) {
            return vec![vec![one]];
        }
        let channels: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
        let of_channel = |raw: &RawValue| match number(raw) {
            Some(one) => vec![one],
            None => serde_json::from_str::<Vec<&RawValue>>(raw.get())
                .unwrap_or_default()
                .into_iter()
                .filter_map(number)
                .collect(),
        };
        channels.into_iter().map(of_channel).collect()
    }

    /// The number of the party that sent it.
    pub fn sender(&self) -> Option<usize> {
        self.originator.and_then(number).or_else(|| self.parties().first()?.first().copied())
    }
}

impl Analysis<'_> {
    fn is_transcript(&self) -> bool {
        let kinds = [self.kind, self.purpose].into_iter().flatten().filter_map(word);
        kinds.map(|kind| kind.to_lowercase()).any(|kind| kind.contains("transcri") || kind.starts_with("diari"))
    }

    /// The number of the dialog that it was made of, the first if there are several.
    pub fn dialog(&self) -> usize {
        let first =
            |raw: &RawValue| serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok()?.into_iter().find_map(number);
        self.dialog.and_then(|raw| number(raw).or_else(|| first(raw))).unwrap_or(0)
    }
}

/// A text; none of anything else.
pub fn word(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn number(raw: &RawValue) -> Option<usize> {
    serde_json::from_str(raw.get()).ok()
}

/// The items of a list that may be missing or null.
fn items<'a>(list: Option<&'a RawValue>, place: &str) -> Result<Vec<&'a RawValue>, Fault> {
    let Some(list) = list else { return Ok(Vec::new()) };
    serde_json::from_str(list.get())
        .map_err(|_| Fault::new(format!("`{place}` is no list")).at(place).mend("write a list: `[…]`"))
}

fn objects<'a, T: Deserialize<'a>>(list: Option<&'a RawValue>, place: &str) -> Result<Vec<T>, Fault> {
    let read = |(number, raw): (usize, &'a RawValue)| {
        let fault = || Fault::new("it is no object of a vCon").at(format!("{place}[{number}]"));
        serde_json::from_str(raw.get()).map_err(|_| fault().mend("write an object, each key once: `{ \"type\": … }`"))
    };
    items(list, place)?.into_iter().enumerate().map(read).collect()
}
