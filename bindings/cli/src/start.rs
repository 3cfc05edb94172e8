//! `leidraad` alone: on a terminal the guided checklist, elsewhere a worked example.

use std::process::ExitCode;

use leidraad::{Answers, Date, catalog};

use crate::args::{AskOptions, Given};
use crate::ask;
use crate::output::{DIM, Failure, print};

/// A village fair of which the number of visitors is known only roughly.
const EXAMPLE: &str = r#"{
  "aantrekkingskracht": "gemeentelijk", "leeftijd": "alle_leeftijden", "aandacht": false,
  "zelfredzaamheid": "voldoende", "risico_activiteiten": false, "samenstelling": "beide",
  "overnachten": "geen_of_bestemd", "alcohol_drugs": "zonder_risico", "aantal": { "between": [500, 1500] },
  "datum_start": "2027-07-10", "locatie": "buiten_geschikt", "ondergrond": "doorlatend",
  "tijdsduur": "middel_dag", "wegen": null
}"#;

pub(crate) fn run() -> Result<ExitCode, Failure> {
    if ask::at_terminal() {
        return ask::run(None, &Given::default(), &AskOptions { save: None, plain: false });
    }
    let answers = Answers::from_json("example", EXAMPLE)?;
    let rules = catalog().rule_set("evenementen/risicoscan")?;
    let date = answers.date("datum_start").or(Date::new(2027, 7, 10));
    let date = date.ok_or_else(|| Failure::new("the example has no date"))?;
    let program = rules.on(date)?;
    let text = format!(
        "Een voorbeeld: de risicoscan van een dorpsfeest. Het aantal bezoekers is ongeveer bekend, de wegen nog niet.\n\n\
         {}\n{DIM}Verder:{DIM:#}\n\
         \x20 leidraad list                          welke regels er zijn\n\
         \x20 leidraad ask evenementen/risicoscan    zelf een checklist invullen\n\
         \x20 leidraad --help                        alle opdrachten, met voorbeelden\n\
         \x20 In de browser: npm ci && npm run build && npm start, in de map bindings/wasm\n",
        program.explain(&answers, None)?,
    );
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
