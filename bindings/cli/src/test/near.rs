//! The cases of a rule file that is named by itself: they stand in a folder `cases` beside it or below the folder named after it, or
//! beside it.

use std::path::{Path, PathBuf};

use leidraad::Cases;

use crate::check::Workspace;
use crate::choose::{data_files, own, writes};
use crate::files::{TextFile, find, like_cases, read, same};
use crate::output::{Failure, complain};

/// Adds the cases of rule files that are named without any, and tells what to do where there are none at all.
pub(super) fn add(workspace: &mut Workspace, paths: &[PathBuf]) -> Result<(), Failure> {
    let mut none = Vec::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        let Some(id) = read(path).ok().filter(|file| !like_cases(&file.text)).and_then(|file| own(&file))
        else {
            continue;
        };
        if workspace.cases.iter().any(|file| is_of(file, &id.id)) {
            continue;
        }
        let found: Vec<TextFile> = beside(path)?.into_iter().filter(|file| is_of(file, &id.id)).collect();
        if found.is_empty() {
            let folder = path.parent().unwrap_or(Path::new("")).join("cases");
            none.push(format!("no cases of `{}`: write them in `{}`", id.id, folder.display()));
        }
        workspace.cases.extend(found);
    }
    if workspace.cases.is_empty() && workspace.broken.is_empty() {
        if none.is_empty() {
            none.push("no cases: none of these files is in a folder `cases`".to_owned());
        }
        let help = "a case file begins with `rule_set:`; `rules/README.md` shows one";
        complain(&format!("note: {}\n   = help: {help}\n", none.join("\n      ")));
    }
    Ok(())
}

/// All that may be cases where those of a rule file stand.
fn beside(path: &Path) -> Result<Vec<TextFile>, Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let folders = [folder.join("cases"), path.with_extension("").join("cases")];
    let folders: Vec<PathBuf> = folders.into_iter().filter(|folder| folder.is_dir()).collect();
    let mut cases = find(&folders)?.cases;
    let loose = data_files(folder).into_iter().filter_map(|path| read(&path).ok());
    for file in loose.filter(|file| like_cases(&file.text)) {
        if !cases.iter().any(|known| same(&known.path, &file.path)) {
            cases.push(file);
        }
    }
    Ok(cases)
}

/// Whether a file has cases of a rule set; of one that cannot be read its lines tell.
fn is_of(file: &TextFile, id: &str) -> bool {
    match Cases::from_text(&file.name, &file.text) {
        Ok(cases) => cases.rule_set() == id,
        Err(_) => writes(file, "rule_set", id),
    }
}
