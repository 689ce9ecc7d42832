//! Random calls, written down as each service writes them and read back: what a format holds must come back as it was.

use super::reading;
use crate::calls::Reading;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Who speaks: two people.
const TWO: [usize; 2] = [0, 1];
const TEXTS: [&str; 14] = [
    "hello",
    "don't",
    "j'écoute",
    "10:30",
    "$30",
    "été",
    "B2B",
    "x-ray",
    "naïve",
    "C++",
    "50%",
    "a",
    "Zürich",
    "été-là",
];
const MARKS: [&str; 4] = ["", ",", ".", "?"];

/// A word as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    text: &'static str,
    start: i32,
    end: i32,
    thousandths: u16,
    mark: &'static str,
}

/// A turn as it was held.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    speaker: usize,
    words: Vec<Word>,
}

impl Turn {
    fn start(&self) -> i32 {
        self.words[0].start
    }

    fn end(&self) -> i32 {
        self.words[self.words.len() - 1].end
    }

    fn text(&self) -> String {
        self.words.iter().map(|w| format!("{}{}", w.text, w.mark)).collect::<Vec<_>>().join(" ")
    }
}

type Draw = (usize, i32, Vec<(usize, i32, i32, u16, usize)>);

/// Turns of two people who both speak. `apart`: nobody begins before the one before has ended, as where one microphone
/// hears both.
fn turns(draws: Vec<Draw>, apart: bool) -> Vec<Turn> {
    let (mut ends, mut start) = ([0, 0], 0);
    let mut held: Vec<Turn> = Vec::new();
    for (number, (speaker, pause, words)) in draws.into_iter().enumerate() {
        let speaker = if number < 2 { number } else { speaker };
        let free = if apart { ends[0].max(ends[1]) } else { ends[speaker].max(start) };
        start = free + pause;
        let mut at = start;
        let said = words.into_iter().map(|(text, pause, length, thousandths, mark)| {
            let start = at + pause;
            at = start + length;
            Word { text: TEXTS[text], start, end: at, thousandths, mark: MARKS[mark] }
        });
        held.push(Turn { speaker, words: said.collect() });
        ends[speaker] = at;
    }
    held
}

fn held(apart: bool) -> impl Strategy<Value = Vec<Turn>> {
    let word = (0..TEXTS.len(), 0..700i32, 1..800i32, 1..=1000u16, 0..MARKS.len());
    let turn = (0..2usize, 0..3000i32, prop::collection::vec(word, 1..7));
    prop::collection::vec(turn, 2..8).prop_map(move |draws| turns(draws, apart))
}

/// A time or a confidence in thousandths as a number with a point.
fn decimal(thousandths: i32) -> Value {
    serde_json::from_str(&quoted(thousandths)).unwrap()
}

fn quoted(thousandths: i32) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// Words and marks as items, as Amazon's services list them.
fn items(turn: &Turn, word: impl Fn(&Word) -> Value, mark: impl Fn(&str) -> Value) -> Vec<Value> {
    let with_mark = |w: &Word| std::iter::once(word(w)).chain((!w.mark.is_empty()).then(|| mark(w.mark))).collect();
    turn.words.iter().flat_map::<Vec<Value>, _>(with_mark).collect()
}

fn role(turn: &Turn) -> &'static str {
    ["AGENT", "CUSTOMER"][turn.speaker]
}

pub(super) fn call_analytics(held: &[Turn]) -> Value {
    let word = |w: &Word| {
        json!({"Type": "pronunciation", "Content": w.text, "Confidence": decimal(w.thousandths.into()),
            "BeginOffsetMillis": w.start, "EndOffsetMillis": w.end})
    };
    let mark = |m: &str| json!({"Type": "punctuation", "Content": m, "Confidence": 0.0});
    let line = |turn: &Turn| {
        json!({"Id": "1", "ParticipantRole": role(turn), "Content": turn.text(), "BeginOffsetMillis": turn.start(),
            "EndOffsetMillis": turn.end(), "Items": items(turn, word, mark), "LoudnessScores": [70.1, null]})
    };
    json!({"Channel": "VOICE", "LanguageCode": "en-US", "Transcript": held.iter().map(line).collect::<Vec<_>>(),
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}]})
}

/// One event a line; each utterance is told in part before.
pub(super) fn streamed(held: &[Turn]) -> String {
    let whole = call_analytics(held);
    let event = |line: &Value| {
        let mut full = line.clone();
        full["Transcript"] = full.as_object_mut().unwrap().remove("Content").unwrap();
        full["IsPartial"] = json!(false);
        let part = json!({"ParticipantRole": line["ParticipantRole"], "IsPartial": true, "Transcript": "part of it"});
        format!("{}\n{}\n", json!({"UtteranceEvent": part}), json!({"UtteranceEvent": full}))
    };
    whole["Transcript"].as_array().unwrap().iter().map(event).collect::<String>() + "{\"CategoryEvent\": {}}\n"
}

pub(super) fn contact_lens(held: &[Turn]) -> Value {
    let line = |turn: &Turn| {
        json!({"Id": "turn", "ParticipantId": role(turn).to_lowercase(), "Content": turn.text(),
            "BeginOffsetMillis": turn.start(), "EndOffsetMillis": turn.end(), "LoudnessScore": [70.1]})
    };
    let party = |role: &str| json!({"ParticipantId": role.to_lowercase(), "ParticipantRole": role});
    json!({"Version": "1.1.0", "Channel": "VOICE", "Participants": [party("CUSTOMER"), party("AGENT")],
        "Transcript": held.iter().map(line).collect::<Vec<_>>()})
}

fn transcribe_items(turn: &Turn, label: Option<&str>) -> Vec<Value> {
    let alternative = |content: &str, sure: String| json!([{"content": content, "confidence": sure}]);
    let word = |w: &Word| {
        json!({"type": "pronunciation", "start_time": quoted(w.start), "end_time": quoted(w.end), "speaker_label": label,
            "alternatives": alternative(w.text, quoted(w.thousandths.into()))})
    };
    items(turn, word, |m| json!({"type": "punctuation", "alternatives": [{"content": m, "confidence": null}]}))
}

/// With speakers beside the items, in them, or not at all.
pub(super) fn transcribe(held: &[Turn], labels: Labels) -> Value {
    let label = |turn: &Turn| format!("spk_{}", turn.speaker);
    let inside = |turn: &Turn| transcribe_items(turn, (labels == Labels::Inside).then(|| label(turn)).as_deref());
    let word = |turn: &Turn, w: &Word| json!({"start_time": quoted(w.start), "end_time": quoted(w.end), "speaker_label": label(turn)});
    let segment = |turn: &Turn| {
        json!({"start_time": quoted(turn.start()), "end_time": quoted(turn.end()), "speaker_label": label(turn),
            "items": turn.words.iter().map(|w| word(turn, w)).collect::<Vec<_>>()})
    };
    let beside = (labels == Labels::Beside).then(|| json!({"segments": held.iter().map(segment).collect::<Vec<_>>()}));
    json!({"jobName": "x", "status": "COMPLETED", "results": {"transcripts": [{"transcript": "…"}],
        "items": held.iter().flat_map(inside).collect::<Vec<_>>(), "speaker_labels": beside}})
}

/// Where a file of Amazon Transcribe names speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    Inside,
    Beside,
    Nowhere,
}

pub(super) fn transcribe_by_channel(held: &[Turn]) -> Value {
    let of = |channel: usize| {
        let turns = held.iter().filter(|turn| turn.speaker == channel);
        let items: Vec<Value> = turns.flat_map(|turn| transcribe_items(turn, None)).collect();
        json!({"channel_label": format!("ch_{channel}"), "items": items})
    };
    json!({"results": {"transcripts": [], "items": [], "channel_labels": {"channels": TWO.map(of)}}})
}

pub(super) fn bedrock(held: &[Turn]) -> Value {
    let (mut all, mut segments): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for turn in held {
        let first = all.len();
        let word =
            |w: &Word| json!({"content": w.text, "start_timestamp_millis": w.start, "end_timestamp_millis": w.end});
        all.extend(items(turn, word, |m| json!({"content": m})));
        segments.push(json!({"type": "TRANSCRIPT", "text": turn.text(), "start_timestamp_millis": turn.start(),
            "end_timestamp_millis": turn.end(), "speaker": {"speaker_label": format!("spk_{}", turn.speaker)},
            "channel": {"channel_label": format!("ch_{}", turn.speaker)},
            "audio_item_indices": (first..all.len()).collect::<Vec<_>>()}));
    }
    for (number, item) in all.iter_mut().enumerate() {
        item["item_index"] = json!(number);
    }
    json!({"metadata": {"dominant_asset_language": "EN"}, "audio_items": all, "audio_segments": segments})
}

/// How a file of Azure's batch writes times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Ticks,
    OldTicks,
    Milliseconds,
    Iso,
}

fn azure_times(start: i32, end: i32, times: Times) -> Value {
    let (start, length) = (i64::from(start), i64::from(end - start));
    let iso = |ms: i64| format!("PT{}S", quoted(ms.try_into().unwrap()));
    match times {
        Times::Ticks => json!({"offsetInTicks": start * 10_000, "durationInTicks": length * 10_000}),
        Times::OldTicks => {
            let float = |ms: i64| serde_json::from_str::<Value>(&format!("{}.0", ms * 10_000)).unwrap();
            json!({"offsetInTicks": float(start), "durationTicks": float(length)})
        }
        Times::Milliseconds => json!({"offsetMilliseconds": start, "durationMilliseconds": length}),
        Times::Iso => json!({"offset": iso(start), "duration": iso(length)}),
    }
}

fn with(mut value: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("an object") };
    value.as_object_mut().unwrap().extend(more);
    value
}

/// With the words as shown, or with the words as heard alone.
pub(super) fn azure_batch(held: &[Turn], times: Times, shown: bool) -> Value {
    let heard = |w: &Word| {
        let fields = json!({"word": w.text.to_lowercase(), "confidence": decimal(w.thousandths.into())});
        with(fields, azure_times(w.start, w.end, times))
    };
    let displayed =
        |w: &Word| with(json!({"displayText": format!("{}{}", w.text, w.mark)}), azure_times(w.start, w.end, times));
    let phrase = |turn: &Turn| {
        let display_words = shown.then(|| turn.words.iter().map(displayed).collect::<Vec<_>>());
        let best = json!({"confidence": 0.9, "display": turn.text(), "displayWords": display_words,
            "words": turn.words.iter().map(heard).collect::<Vec<_>>()});
        let phrase =
            json!({"recognitionStatus": "Success", "channel": 0, "speaker": turn.speaker + 1, "nBest": [best]});
        with(phrase, azure_times(turn.start(), turn.end(), times))
    };
    json!({"recognizedPhrases": held.iter().map(phrase).collect::<Vec<_>>()})
}

pub(super) fn azure_fast(held: &[Turn], by_channel: bool) -> Value {
    let times = |start: i32, end: i32| azure_times(start, end, Times::Milliseconds);
    let word = |w: &Word| with(json!({"text": format!("{}{}", w.text, w.mark)}), times(w.start, w.end));
    let phrase = |turn: &Turn| {
        let voice = if by_channel { json!({"channel": turn.speaker}) } else { json!({"speaker": turn.speaker + 1}) };
        let said =
            json!({"text": turn.text(), "words": turn.words.iter().map(word).collect::<Vec<_>>(), "locale": "en-US"});
        with(with(said, voice), times(turn.start(), turn.end()))
    };
    json!({"combinedPhrases": [], "phrases": held.iter().map(phrase).collect::<Vec<_>>()})
}

pub(super) fn content_understanding(held: &[Turn]) -> Value {
    let word = |w: &Word| json!({"text": format!("{}{}", w.text, w.mark), "startTimeMs": w.start, "endTimeMs": w.end});
    let phrase = |turn: &Turn| {
        json!({"speaker": (["Agent", "Customer"][turn.speaker]), "startTimeMs": turn.start(), "endTimeMs": turn.end(),
            "text": turn.text(), "words": turn.words.iter().map(word).collect::<Vec<_>>()})
    };
    json!({"result": {"contents": [{"kind": "audioVisual",
        "transcriptPhrases": held.iter().map(phrase).collect::<Vec<_>>()}]}})
}

/// A list, or one result after the other.
pub(super) fn real_time(held: &[Turn]) -> Vec<Value> {
    let ticks = |start: i32, end: i32| json!({"Offset": i64::from(start) * 10_000, "Duration": i64::from(end - start) * 10_000});
    let word = |w: &Word| with(json!({"Word": w.text.to_lowercase()}), ticks(w.start, w.end));
    let result = |turn: &Turn| {
        let best = json!({"Confidence": 0.4, "Display": turn.text(),
            "Words": turn.words.iter().map(word).collect::<Vec<_>>()});
        let result = json!({"RecognitionStatus": "Success", "SpeakerId": format!("Guest-{}", turn.speaker),
            "NBest": [best, {"Confidence": 0.9, "Display": "another guess"}]});
        with(result, ticks(turn.start(), turn.end()))
    };
    held.iter().map(result).collect()
}

pub(super) fn conversation(held: &[Turn]) -> Value {
    let word = |w: &Word| {
        json!({"word": w.text.to_lowercase(), "offset": i64::from(w.start) * 10_000,
            "duration": i64::from(w.end - w.start) * 10_000})
    };
    let item = |turn: &Turn| {
        json!({"participantId": (["Agent", "Customer"][turn.speaker]), "text": turn.text(),
            "audioTimings": turn.words.iter().map(word).collect::<Vec<_>>()})
    };
    json!({"conversations": [{"conversationItems": held.iter().map(item).collect::<Vec<_>>()}]})
}

/// Version 1: a result a turn, and a last one that says all again with speakers.
pub(super) fn google_v1(held: &[Turn], in_parts: bool) -> Value {
    let time = |ms: i32| {
        let (seconds, nanos) = (ms / 1000, i64::from(ms % 1000) * 1_000_000);
        match (in_parts, seconds, nanos) {
            (false, _, _) => json!(format!("{}s", quoted(ms))),
            (true, 0, _) => json!({"nanos": nanos}),
            (true, _, 0) => json!({"seconds": seconds.to_string()}),
            (true, _, _) => json!({"seconds": seconds.to_string(), "nanos": nanos}),
        }
    };
    let word = |w: &Word| {
        json!({"word": format!("{}{}", w.text, w.mark), "startTime": time(w.start), "endTime": time(w.end),
            "confidence": decimal(w.thousandths.into())})
    };
    let tagged = |turn: &Turn| -> Vec<Value> {
        turn.words.iter().map(|w| with(word(w), json!({"speakerTag": turn.speaker + 1}))).collect()
    };
    let result = |turn: &Turn| {
        json!({"alternatives": [{"transcript": turn.text(), "words": turn.words.iter().map(word).collect::<Vec<_>>()}],
            "languageCode": "en-us"})
    };
    let last = json!({"alternatives": [{"words": held.iter().flat_map(tagged).collect::<Vec<_>>()}]});
    json!({"results": held.iter().map(result).chain([last]).collect::<Vec<_>>()})
}

/// Version 2, by speaker or by channel.
pub(super) fn google_v2(held: &[Turn], by_channel: bool) -> Value {
    let word = |w: &Word, speaker: usize| {
        let mut word = json!({"word": format!("{}{}", w.text, w.mark), "startOffset": format!("{}s", quoted(w.start)),
            "endOffset": format!("{}s", quoted(w.end)), "confidence": decimal(w.thousandths.into())});
        if !by_channel {
            word["speakerLabel"] = json!((speaker + 1).to_string());
        }
        if w.start == 0 {
            word.as_object_mut().unwrap().remove("startOffset");
        }
        word
    };
    let result = |turn: &Turn| {
        let words: Vec<Value> = turn.words.iter().map(|w| word(w, turn.speaker)).collect();
        let channel = by_channel.then_some(turn.speaker + 1);
        json!({"alternatives": [{"transcript": turn.text(), "words": words}], "channelTag": channel,
            "resultEndOffset": format!("{}s", quoted(turn.end()))})
    };
    json!({"results": held.iter().map(result).collect::<Vec<_>>(), "metadata": {"totalBilledDuration": "1s"}})
}

/// An answer, or a job that holds it.
pub(super) fn watson(held: &[Turn], job: bool) -> Value {
    let result = |turn: &Turn| {
        let stamps = turn.words.iter().map(|w| json!([w.text, decimal(w.start), decimal(w.end)]));
        let rated = turn.words.iter().map(|w| json!([w.text, decimal(w.thousandths.into())]));
        json!({"final": true, "alternatives": [{"transcript": turn.text(), "confidence": 0.9,
            "timestamps": stamps.collect::<Vec<_>>(), "word_confidence": rated.collect::<Vec<_>>()}]})
    };
    let label = |(speaker, w): (usize, &Word)| json!({"from": decimal(w.start), "to": decimal(w.end), "speaker": speaker, "confidence": 0.5, "final": true});
    let words = held.iter().flat_map(|turn| turn.words.iter().map(|w| (turn.speaker, w)));
    let answer = json!({"result_index": 0, "results": held.iter().map(result).collect::<Vec<_>>(),
        "speaker_labels": words.map(label).collect::<Vec<_>>()});
    if job { json!({"status": "completed", "results": [answer]}) } else { answer }
}

/// What a format holds of a word beside its text.
#[derive(Debug, Clone, Copy)]
struct Holds {
    confidences: bool,
    marks: bool,
}

const ALL: Holds = Holds { confidences: true, marks: true };
const UNRATED: Holds = Holds { confidences: false, marks: true };

/// The words of both are those that were written: text, times, and what else the format holds, in their order.
fn comes_back(reading: &Reading, held: &[Turn], ids: [&str; 2], holds: Holds) -> Result<(), TestCaseError> {
    for speaker in TWO {
        let mut segments: Vec<_> = reading.call.segments.iter().filter(|s| s.speaker == ids[speaker]).collect();
        segments.sort_by_key(|segment| segment.start_ms);
        let words = segments.iter().flat_map(|segment| &segment.words);
        let found = words.map(|w| (&*w.text, w.start_ms, w.end_ms, w.confidence_thousandths, &*w.after));
        let said = held.iter().filter(|turn| turn.speaker == speaker).flat_map(|turn| &turn.words).map(|w| {
            let mark = if holds.marks { w.mark } else { "" };
            (w.text, Some(w.start), Some(w.end), holds.confidences.then_some(w.thousandths), mark)
        });
        prop_assert_eq!(found.collect::<Vec<_>>(), said.collect::<Vec<_>>());
    }
    let partial: Vec<String> =
        reading.notes.iter().filter(|n| n.effect.is_partial()).map(ToString::to_string).collect();
    prop_assert!(partial.is_empty(), "{partial:?}");
    Ok(())
}

fn read_back(json: &Value, held: &[Turn], ids: [&str; 2], holds: Holds) -> Result<(), TestCaseError> {
    comes_back(&reading(&json.to_string()), held, ids, holds)
}

const AMAZON: [&str; 2] = ["AGENT", "CUSTOMER"];
const SPK: [&str; 2] = ["spk_0", "spk_1"];
const NUMBERS: [&str; 2] = ["speaker 1", "speaker 2"];

proptest! {
    #[test]
    fn amazon_by_channel_comes_back(held in held(false)) {
        read_back(&call_analytics(&held), &held, AMAZON, ALL)?;
        comes_back(&reading(&streamed(&held)), &held, AMAZON, ALL)?;
        read_back(&transcribe_by_channel(&held), &held, ["ch_0", "ch_1"], ALL)?;
        read_back(&bedrock(&held), &held, SPK, UNRATED)?;
    }

    #[test]
    fn amazon_by_speaker_comes_back(held in held(true)) {
        read_back(&transcribe(&held, Labels::Inside), &held, SPK, ALL)?;
        read_back(&transcribe(&held, Labels::Beside), &held, SPK, ALL)?;
        let alone: Vec<Turn> = held.iter().cloned().map(|turn| Turn { speaker: 0, ..turn }).collect();
        read_back(&transcribe(&held, Labels::Nowhere), &alone, ["unknown", "nobody"], ALL)?;
    }

    #[test]
    fn turns_of_contact_lens_come_back_with_their_bounds(held in held(false)) {
        let call = reading(&contact_lens(&held).to_string()).call;
        let text = |s: &grille_evidence::call::Segment| {
            s.words.iter().map(|w| format!("{}{}", w.text, w.after)).collect::<Vec<_>>().join(" ")
        };
        let found: Vec<_> = call.segments.iter().map(|s| (s.speaker.clone(), s.start_ms, s.end_ms, text(s))).collect();
        let said: Vec<_> = held.iter().map(|t| (role(t).to_lowercase(), t.start(), t.end(), t.text())).collect();
        prop_assert_eq!(found, said);
    }

    #[test]
    fn azure_comes_back(held in held(true), apart in any::<bool>()) {
        for times in [Times::Ticks, Times::OldTicks, Times::Milliseconds, Times::Iso] {
            read_back(&azure_batch(&held, times, true), &held, NUMBERS, ALL)?;
            read_back(&azure_batch(&held, times, false), &held, NUMBERS, ALL)?;
        }
        read_back(&azure_fast(&held, false), &held, NUMBERS, UNRATED)?;
        read_back(&content_understanding(&held), &held, ["Agent", "Customer"], UNRATED)?;
        read_back(&conversation(&held), &held, ["Agent", "Customer"], UNRATED)?;
        let results = real_time(&held);
        let row: String = results.iter().map(|result| format!("{result}\n")).collect();
        let text = if apart { row } else { json!(results).to_string() };
        comes_back(&reading(&text), &held, ["Guest-0", "Guest-1"], UNRATED)?;
    }

    #[test]
    fn channels_of_azure_and_google_come_back(held in held(false)) {
        read_back(&azure_fast(&held, true), &held, ["channel 0", "channel 1"], UNRATED)?;
        read_back(&google_v2(&held, true), &held, ["channel 1", "channel 2"], ALL)?;
    }

    #[test]
    fn google_and_watson_come_back(held in held(true)) {
        read_back(&google_v1(&held, true), &held, NUMBERS, ALL)?;
        read_back(&google_v1(&held, false), &held, NUMBERS, ALL)?;
        read_back(&google_v2(&held, false), &held, NUMBERS, ALL)?;
        for job in [false, true] {
            read_back(&watson(&held, job), &held, ["speaker 0", "speaker 1"], Holds { confidences: true, marks: false })?;
        }
    }
}
