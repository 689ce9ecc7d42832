//! Files: the only place that reads and writes them. Criteria come from files and from the library; calls from files and folders.

use crate::exit::Failure;
use grille_compiler::load::{Fetch, ModuleKey, NotFetched};
use grille_grammar::decode::decode;
use grille_grammar::source::FileId;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// Criteria files and the library.
pub struct Disk;

impl Fetch for Disk {
    fn locate(&self, from: &ModuleKey, target: &str) -> String {
        let folder = match from {
            ModuleKey::File(path) => Path::new(path).parent().unwrap_or(Path::new("")).to_owned(),
            ModuleKey::Library(_) => PathBuf::new(),
        };
        shown(&plain(&folder.join(target)))
    }

    fn fetch(&self, key: &ModuleKey, id: FileId) -> Result<String, NotFetched> {
        match key {
            ModuleKey::Library(name) => library(name),
            ModuleKey::File(path) => {
                let bytes = read(Path::new(path)).map_err(NotFetched::Missing)?;
                decode(id, bytes).map_err(|finding| NotFetched::Unreadable(Box::new(finding)))
            }
        }
    }
}

fn library(name: &str) -> Result<String, NotFetched> {
    grille_stdlib_criteria::module(name).map(str::to_owned).ok_or_else(|| {
        let known: Vec<String> = grille_stdlib_criteria::modules().iter().map(|(n, _)| format!("`{n}`")).collect();
        NotFetched::Missing(format!("the library has no such module; it has {}", known.join(", ")))
    })
}

/// The key of a file or library module named on the command line.
pub fn key(path: &Path) -> ModuleKey {
    let name = shown(path);
    match grille_stdlib_criteria::module(&name) {
        Some(_) if !path.exists() => ModuleKey::Library(name),
        _ => ModuleKey::File(shown(&plain(path))),
    }
}

/// The bytes of a file.
///
/// # Errors
/// Why it cannot be read, in plain words without the file's name.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    if path.is_dir() {
        return Err("it is a folder, not a file".to_owned());
    }
    fs::read(path).map_err(|error| unreadable(&error))
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

/// Writes a file anew.
///
/// # Errors
/// Why it cannot be written, with the file's name.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: it cannot be written: {error}", shown(path)))
}

/// A file that may be a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFile {
    /// Where it is.
    pub path: PathBuf,
    /// Was it named itself, and not a folder above it?
    pub is_named: bool,
}

/// Call files: those named, and all below a folder save hidden ones, in order of name.
///
/// # Errors
/// A folder that cannot be looked into, or holds nothing.
pub fn call_files(named: &[PathBuf]) -> Result<Vec<CallFile>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(CallFile { path: path.clone(), is_named: true });
            continue;
        }
        let mut found = Vec::new();
        below(path, &|_| true, &mut found)?;
        if found.is_empty() {
            return Err(Failure(format!("{}: there is no file in this folder", shown(path))));
        }
        files.extend(found.into_iter().map(|path| CallFile { path, is_named: false }));
    }
    Ok(files)
}

/// The first bytes of a file.
///
/// # Errors
/// Why it cannot be read, in plain words without the file's name.
pub fn head(path: &Path) -> Result<Vec<u8>, String> {
    let mut head = Vec::new();
    let opened = fs::File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    opened.map(|_| head).map_err(|error| unreadable(&error))
}

/// Criteria files: those named, and every `.grille` below a folder, in order of name.
///
/// # Errors
/// A folder that cannot be looked into.
pub fn criteria_files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = files.len();
            below(path, &|path| path.extension().is_some_and(|e| e == "grille"), &mut files)?;
            if files.len() == before {
                return Err(Failure(format!("{}: there is no `.grille` file in this folder", shown(path))));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn below(folder: &Path, wanted: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error| Failure(format!("{}: {error}", shown(folder)));
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        // A link to a folder may lead back here; what is neither file nor folder, such as a pipe, may never end.
        if path.is_dir() && !path.is_symlink() {
            below(&path, wanted, files)?;
        } else if wanted(&path) && fs::metadata(&path).map_or(true, |found| found.is_file()) {
            files.push(path);
        }
    }
    Ok(())
}

/// A path without `.` and, where it can be told from the text, without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// A path as a person reads it, always with `/`.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
