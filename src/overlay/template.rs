//! A layer of an authority to begin with: everything that it may fill in, explained and commented out.

use std::collections::BTreeSet;

use super::rows::rows;
use super::uses::{Use, uses};
use super::{describe, left_to_authorities, unset};
use crate::check::{Stack, resolve};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, PLACEHOLDER};
use crate::dutch::either;
use crate::model::{DecisionInfo, Input, Measure, Model, Type};
use crate::parse::Lost;
use crate::rule_set::{Name, RuleSet};
use crate::source::SourceMap;
use crate::value::Date;

/// The id of the source that the template proposes.
pub(super) const SOURCE: &str = "eigen_beleid";
/// Most characters on a line of explanation.
const WIDTH: usize = 120;

impl RuleSet {
    /// A layer for an authority that has none, as YAML: every value and table that the shared layer leaves to it, with an
    /// explanation in Dutch, all commented out. As it stands it can be loaded and sets nothing.
    ///
    /// Lines that begin with `##` explain. Lines that begin with one `#` are to be filled in: without it, and with the
    /// policy's value instead of `…`, they are part of the layer.
    ///
    /// # Errors
    /// A code that is not that of an authority, an authority that has a layer, a date without a version of the shared layer.
    ///
    /// ```
    /// # use leidraad::{Date, RuleSet};
    /// # let shared = r#"{ "leidraad": 1, "id": "x/y", "title": "Hek", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "parameters": { "grens": { "title": "Hoogte zonder vergunning", "test_on": "hoogte" } },
    /// #   "questions": [{ "section": "Hek", "items": [
    /// #     { "id": "hoogte", "ask": "Hoe hoog?", "type": "integer", "min": 0, "max": 9, "sources": ["s"] } ] }],
    /// #   "decisions": { "vergunning": { "sources": ["s"], "hit": "first",
    /// #     "table": ["hoogte || vergunning", "grens || nee", "- || ja"] } } }"#;
    /// let rules = RuleSet::from_text("x.json", shared)?;
    /// let template = rules.overlay_template("GM0001", Date::new(2026, 7, 4).unwrap())?;
    /// assert!(template.contains("  # grens:\n  #   value: \"…\"\n"));
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn overlay_template(&self, authority: &str, on: Date) -> Result<String, Diagnostics> {
        let refuse = |code, message: String, help: String| {
            Diagnostics::new(vec![Diagnostic::error(code, None, message).help(help)], SourceMap::default())
        };
        let code = authority.to_ascii_uppercase();
        let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = code.bytes().skip(letters).all(|b| b.is_ascii_digit());
        let short = code.starts_with("GM") && code.len() != 6;
        if letters == 0 || letters == code.len() || !digits || short {
            let help =
                "a code is letters and digits, such as `GM1729`; that of a municipality has four digits"
                    .to_owned();
            return Err(refuse(Code::BadId, format!("`{authority}` is not the code of an authority"), help));
        }
        let all = self.every_series();
        let own = all
            .iter()
            .find(|series| matches!(series.name, Name::One(known) if known.eq_ignore_ascii_case(&code)));
        if let Some(layer) = own.and_then(|series| series.versions.first()) {
            let file = self.sources().file(layer.span.file).map_or("", |f| f.name.as_str());
            let help = format!("fill in {file}; `leidraad check` lists what it leaves open");
            return Err(refuse(
                Code::BadLayer,
                format!("`{}` has a layer for {code} already", self.id()),
                help,
            ));
        }
        let Some((stack, base)) = self
            .below_on(Some(&code), on)
            .and_then(|stack| stack.layers.first().map(|(base, _)| (stack.clone(), *base)))
        else {
            let help = "give a day on which the rule set applies".to_owned();
            return Err(refuse(Code::BadLayer, format!("`{}` does not apply on {on}", self.id()), help));
        };
        let (model, _) = resolve(&stack, &Lost::default(), &mut Vec::new());
        let policy_date = self.policy_dates();
        let mut template = Template { base, below: &stack, model: &model, code: &code, text: String::new() };
        template.head(self.title());
        template.dates(&policy_date);
        template.sources();
        template.parameters();
        template.decisions();
        template.procedure();
        Ok(template.text)
    }

    /// The questions that fix the reference date in the layers of authorities.
    fn policy_dates(&self) -> Vec<String> {
        let codes: Vec<&str> = self.authorities().collect();
        let named: BTreeSet<&str> = codes.iter().filter_map(|code| self.policy_date(code)).collect();
        named.into_iter().map(str::to_owned).collect()
    }
}

struct Template<'a> {
    base: &'a Document,
    below: &'a Stack<'a>,
    model: &'a Model,
    code: &'a str,
    text: String,
}

impl Template<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        let line = format!("{:indent$}{text}", "");
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An explanation, broken into lines.
    fn note(&mut self, indent: usize, text: &str) {
        let lead = text.len() - text.trim_start().len();
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && indent + lead + line.chars().count() + word.chars().count() + 4 > WIDTH {
                self.line(indent, &format!("## {:lead$}{line}", ""));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(indent, &format!("## {:lead$}{line}", ""));
    }

    /// A line to fill in.
    fn fill(&mut self, indent: usize, text: &str) {
        self.line(indent, &format!("# {text}"));
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn head(&mut self, title: &str) {
        let code = self.code;
        self.note(0, &format!("Het eigen beleid van {code} bij: {title}"));
        self.note(0, "");
        self.note(0, "U hoeft niet te programmeren. Zo vult u dit bestand in:");
        self.note(0, "1. Regels die met ## beginnen, zijn uitleg.");
        self.note(
            0,
            &format!("2. Regels die met één # beginnen, kunt u invullen. Haal van alle regels van een blok het # en de ene spatie erachter weg. Zet uw eigen waarde op de plaats van de puntjes ({PLACEHOLDER}). Laat de aanhalingstekens staan."),
        );
        self.note(0, "3. Begin met de bron (sources). Bij elke waarde en elke tabel noemt u de bron.");
        self.note(
            0,
            "4. Hebt u iets niet gevonden? Laat het blok dan staan zoals het is. De uitkomst noemt dan wat er ontbreekt. Hebt u het hele beleid gelezen en zegt het er niets over? Schrijf dat dan op: zie ‘Zwijgen’ in rules/README.md. Staat er dat er geen grens is, vul dan \"-\" in. Neem nooit de waarde van een andere gemeente over.",
        );
        self.note(
            0,
            "5. Controleer het bestand met: leidraad check BESTAND. Dat noemt elke fout met de regel, en somt op wat nog niet is ingevuld.",
        );
        self.note(0, "Meer uitleg staat in rules/README.md en rules/begrippen.md.");
        self.line(0, "leidraad: 1");
        let id = self.model.id.clone();
        self.line(0, &format!("overlay: {id}"));
        self.line(0, &format!("authority: {code}"));
        self.note(0, "De naam van deze laag. Zet hier de naam van het beleid en van de gemeente.");
        self.line(0, &format!("title: {}", quoted(&format!("{title} ({code})"))));
        self.note(
            0,
            "Wat ontbreekt er nog? Som het op. Is alles ingevuld, schrijf dan: completeness: complete",
        );
        self.line(0, "completeness:");
        self.line(2, "partial:");
        self.line(4, "- deze laag is nog niet nagekeken");
    }

    fn dates(&mut self, policy_dates: &[String]) {
        self.blank();
        self.note(
            0,
            "Vanaf welke dag geldt het beleid? Geldt het niet meer, zet er dan de laatste dag bij, zoals",
        );
        self.note(0, "in_force: { from: 2021-01-01, to: 2025-12-31 }");
        self.fill(0, &format!("in_force: {{ from: {PLACEHOLDER} }}"));
        let model = self.model;
        let ask =
            |id: &str| model.questions.iter().find(|q| q.id == id).map_or(String::new(), |q| q.ask.clone());
        let shared = self.base.reference_date.as_ref().map(|name| name.value.clone());
        self.blank();
        if let Some(shared) = &shared {
            let text = format!(
                "Welke landelijke of regionale regels gelden, volgt uit het antwoord op «{}».",
                ask(shared)
            );
            self.note(0, &text);
        }
        let others: Vec<String> = match policy_dates {
            [] => {
                let date = |kind: &Type| matches!(kind, Type::Ordered { measure: Measure::Date, .. });
                let dates = model
                    .questions
                    .iter()
                    .filter(|q| date(&q.kind) && shared.as_ref().is_none_or(|shared| q.id != *shared));
                dates.map(|q| q.id.to_string()).collect()
            }
            named => named.to_vec(),
        };
        match (policy_dates, others.as_slice()) {
            ([one], _) => {
                let text =
                    format!("Welke versie van uw beleid geldt, volgt uit het antwoord op «{}».", ask(one));
                self.note(0, &text);
                self.line(0, &format!("reference_date: {one}"));
            }
            (_, []) => self.note(0, "Dezelfde dag bepaalt ook welke versie van uw beleid geldt."),
            (_, [first, ..]) => {
                let names: Vec<String> = others.iter().map(|id| format!("{id} («{}»)", ask(id))).collect();
                let text = format!(
                    "Bepaalt een andere dag welke versie van uw beleid geldt? Kies dan uit: {}.",
                    either(&names)
                );
                self.note(0, &text);
                self.fill(0, &format!("reference_date: {first}"));
            }
        }
    }

    fn sources(&mut self) {
        self.blank();
        self.note(0, "De bronnen: het beleid, de verordening, het besluit. Geef elke bron een korte naam zonder spaties.");
        self.note(0, "Regels die u niet nodig hebt, haalt u weg.");
        self.line(0, "sources:");
        self.fill(2, &format!("{SOURCE}:"));
        for (key, why) in [
            (
                "kind: policy_rule",
                "policy_rule beleidsregel, local_regulation verordening, ruling uitspraak, website",
            ),
            ("title: \"…\"", "de naam van het beleid, met de gemeente"),
            ("url: \"…\"", "het adres waar u het las"),
            ("publication: \"…\"", "het nummer van de bekendmaking, zoals gmb-2026-1234"),
            ("cvdr: \"…\"", "het nummer op lokaleregelgeving.overheid.nl, zoals CVDR123456"),
            ("seen: …", "de dag waarop u het las, zoals 2026-01-31"),
            ("article: \"…\"", "het artikel, als alles uit één artikel komt"),
            ("certainty: verified", "verified zelf gelezen, secondary uit de tweede hand of verouderd"),
            ("note: \"…\"", "wat een lezer verder moet weten"),
        ] {
            self.fill(2, &format!("  {key:<22} ## {why}"));
        }
    }

    fn parameters(&mut self) {
        let list: Vec<usize> = unset(self.model).collect();
        if list.is_empty() {
            return;
        }
        self.blank();
        self.note(0, "De waarden die uw gemeente zelf vaststelt. Let op het woord van de bron: ‘niet meer dan 150’ is \"<= 150\", ‘minder dan 150’ is \"< 150\".");
        self.note(0, "Verandert een waarde op een dag, kijk dan in rules/README.md bij ‘values’.");
        self.line(0, "parameters:");
        for p in list {
            self.parameter(p);
        }
    }

    fn parameter(&mut self, p: usize) {
        let model = self.model;
        let Some(info) = model.parameters.get(p) else { return };
        let declared = self.base.parameters.0.iter().find(|(id, _)| id.value == info.id).map(|(_, d)| d);
        self.blank();
        self.note(2, &info.title);
        if let Some(help) = declared.and_then(|d| d.help.as_ref()) {
            self.note(2, &help.value);
        }
        let mut used = uses(model, p);
        if used.is_empty()
            && let Some(on) = declared.and_then(|d| d.test_on.as_ref())
            && let Some(q) = model.questions.iter().position(|q| q.id == on.value)
        {
            used.push(Use::Test(Input::Question(q)));
        }
        let inputs: Vec<Input> = used
            .iter()
            .filter_map(|u| match u {
                Use::Test(i) | Use::End(i) => Some(*i),
                _ => None,
            })
            .collect();
        for read in inputs {
            let mut lines = describe::input(model, read).into_iter();
            let first = lines.next().unwrap_or_default();
            self.note(2, &format!("Wordt vergeleken met {first}"));
            lines.for_each(|line| self.note(2, &line));
        }
        if let Some(unit) = declared.and_then(|d| d.unit.as_ref()) {
            self.note(2, &format!("Eenheid: {}", unit.value));
        }
        for how in &used {
            match how {
                Use::Test(input) => {
                    self.note(2, "Zo schrijft u het:");
                    describe::notation(model, *input).iter().for_each(|line| self.note(2, &format!("  {line}")));
                }
                Use::End(_) => self.note(2, "Schrijf alleen de waarde; het woord (meer dan, minder dan) staat al in de regels."),
                Use::Output(d) => self.outcome(*d),
                Use::Formula(d) => {
                    let title = model.decisions.get(*d).map_or("", |d| d.title.as_str());
                    self.note(2, &format!("Hiermee wordt gerekend bij «{title}». Schrijf alleen het getal, met een punt voor de decimalen."));
                }
                Use::Reach(count) => self.note(
                    2,
                    &format!("Zo ver wordt teruggekeken bij «{count}». Schrijf een getal met day(s), week(s), month(s) of year(s); \"2 years\" is twee jaar."),
                ),
                Use::Edge(count) => self.note(
                    2,
                    &format!("Dit bepaalt of een dag aan de rand van de periode meetelt bij «{count}». Schrijf ja of nee."),
                ),
                Use::Length(step) => self.note(
                    2,
                    &format!("Dit is de termijn bij de stap «{step}». Schrijf een getal met day(s), working day(s), week(s), month(s) of year(s); \"2 weeks\" is twee weken."),
                ),
            }
        }
        if used.is_empty() {
            self.note(
                2,
                "Geen regel rekent hiermee; het staat er voor de lezer. Schrijf het zoals de bron het zegt.",
            );
        }
        let compared = matches!(used.as_slice(), [Use::Test(_) | Use::End(_), ..]);
        let wording = if !compared {
            "hoe de bron het zegt"
        } else {
            "het woord van de bron, zoals ‘niet meer dan’ of ‘vanaf’"
        };
        self.fill(2, &format!("{}:", info.id));
        self.fill(2, &format!("  value: \"{PLACEHOLDER}\""));
        self.fill(2, &format!("  wording: \"{PLACEHOLDER}\"           ## {wording}"));
        self.fill(2, &format!("  sources: [{SOURCE}]   ## of met artikel en zekerheid: [{{ id: {SOURCE}, article: \"3\", certainty: secondary }}]"));
    }

    fn outcome(&mut self, d: usize) {
        let Some(decision) = self.model.decisions.get(d) else { return };
        let lists = decision.outputs.iter().map(|o| o.options.as_slice());
        let lines: Vec<String> = lists.flat_map(describe::options).collect();
        let choose = if lines.is_empty() { "" } else { " Kies uit:" };
        self.note(2, &format!("Dit wordt de uitkomst van «{}».{choose}", decision.title));
        lines.iter().for_each(|line| self.note(2, line));
    }

    fn decisions(&mut self) {
        let left: Vec<&str> = left_to_authorities(self.below);
        let model = self.model;
        let list: Vec<&DecisionInfo> =
            model.decisions.iter().filter(|d| left.contains(&d.id.as_str())).collect();
        if list.is_empty() {
            return;
        }
        self.blank();
        self.note(0, "De tabellen die elke gemeente zelf invult. Een regel van een tabel leest u van links naar rechts: als dit en dit zo is, dan is dat de uitkomst. Daarachter staat de bron.");
        self.note(0, "In een cel links: - maakt niet uit; a, b een van deze; not(a) iets anders; <= 5, > 5, [1..5] bij getallen en data.");
        self.note(0, "In een cel rechts: not_loaded als u niet weet wat het beleid hier zegt of het niet hebt ingevoerd, silent als het beleid hier niets zegt. Met hit: first telt de bovenste regel die past. Staat alles van het beleid erin, maak dan van not_loaded in de onderste regel silent.");
        self.note(0, "U mag kolommen weglaten en toevoegen: elke vraag en elke uitkomst mag een kolom zijn.");
        self.line(0, "decisions:");
        for decision in list {
            self.decision(decision);
        }
    }

    fn decision(&mut self, decision: &DecisionInfo) {
        let model = self.model;
        self.blank();
        self.note(2, &decision.title);
        if let Some(help) = &decision.help {
            self.note(2, help);
        }
        if let Some(when) = &decision.when {
            let alternatives: Vec<String> =
                when.written.iter().map(|row| model.clauses(row).join(" en ")).collect();
            self.note(2, &format!("Alleen aan de orde bij {}.", either(&alternatives)));
        }
        for (name, read) in &decision.columns {
            describe::column(model, name, *read).iter().for_each(|line| self.note(2, line));
        }
        for output in &decision.outputs {
            let title = output.title.as_ref().filter(|t| **t != output.name);
            let what = title.map_or_else(String::new, |title| format!(": {title}"));
            let unit = output.unit.as_ref().map_or_else(String::new, |unit| format!(" (in {unit})"));
            self.note(2, &format!("uitkomst {}{what}{unit}", output.name));
            describe::options(&output.options).for_each(|line| self.note(2, &format!("  {line}")));
        }
        let written = self.base.decisions.0.iter().find(|(id, _)| id.value == decision.id).map(|(_, d)| d);
        let columns: Vec<&str> = decision.columns.iter().map(|(name, _)| name.as_str()).collect();
        let rows = rows(model, decision, &columns);
        self.fill(2, &format!("{}:", decision.id));
        if !columns.is_empty() && written.is_none_or(|d| d.hit.is_none()) {
            self.fill(2, "  hit: first");
        }
        self.fill(2, "  table: |");
        rows.iter().for_each(|row| self.fill(2, &format!("    {row}")));
    }

    fn procedure(&mut self) {
        let model = self.model;
        let finite = |q: &&crate::model::QuestionInfo| matches!(q.kind, Type::Finite { .. });
        let example = model.questions.iter().find(finite);
        let when = example.and_then(|q| Some(format!("when: {{ {}: {} }}", q.id, q.options.first()?.id)));
        self.blank();
        self.note(0, "Hieronder mag u toevoegen wat uw beleid extra vraagt. Het hoeft niet.");
        self.blank();
        self.note(0, "Een opmerking bij een zaak. Met when verschijnt zij alleen dan; zonder when altijd.");
        self.line(0, "findings:");
        self.fill(2, "eigen_opmerking:");
        self.fill(2, &format!("  text: \"{PLACEHOLDER}\""));
        self.fill(
            2,
            "  severity: attention   ## note ter informatie, attention let op, obstacle eerst oplossen",
        );
        if let Some(when) = &when {
            self.fill(2, &format!("  {when}   ## een voorbeeld: kies uw eigen vraag en antwoord"));
        }
        self.fill(2, &format!("  sources: [{SOURCE}]"));
        self.blank();
        self.note(0, "Een stap in de procedure, met wie haar doet.");
        let ids: Vec<&str> = model.steps.iter().map(|s| s.id.as_str()).collect();
        if !ids.is_empty() {
            self.note(
                0,
                &format!(
                    "Deze stappen zijn er al: {}. Een stap met dezelfde naam komt in de plaats daarvan.",
                    ids.join(", ")
                ),
            );
        }
        self.line(0, "steps:");
        self.fill(2, "eigen_stap:");
        self.fill(2, &format!("  title: \"{PLACEHOLDER}\""));
        self.fill(
            2,
            &format!(
                "  actor: \"{PLACEHOLDER}\"          ## wie het doet, zoals behandelaar of burgemeester"
            ),
        );
        if let Some(when) = &when {
            self.fill(2, &format!("  {when}   ## een voorbeeld: kies uw eigen vraag en antwoord"));
        }
        if let Some(last) = ids.last() {
            self.fill(2, &format!("  after: [{last}]   ## de stappen die eerst komen"));
        }
        self.fill(2, &format!("  sources: [{SOURCE}]"));
    }
}

/// A text between quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
