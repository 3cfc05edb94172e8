// The words for two dossiers that meet, in each language.

export default {
  nl: {
    continues: 'Dit dossier gaat verder waar het dossier van hier ophoudt. Revisies die erbij zijn gekomen: {0}.', older: 'Dit is een eerdere stand van het dossier dat hier open is. Revisies die hier al verder gaan: {0}.', same: 'Dit dossier is hier al open, met dezelfde revisies.',
    nothing: 'Hier is niets veranderd.', unrecorded: 'Wat hier is ingevuld en nog niet is vastgelegd, is gebleven.', brought: 'Wat in het bestand is ingevuld en nog niet was vastgelegd, is overgenomen.', clash: 'Hierover zegt het bestand iets anders. Wat hier staat, blijft. In het bestand staat:',
    forked: 'De dossiers zijn gelijk tot en met revisie {0}. Daarna is in beide iets vastgelegd. Eigen revisies hier: {1}; in het bestand: {2}. Geen van beide gaat verder met het andere. Bewaar beide bestanden.',
    join: 'Overnemen wat in het bestand anders is', joined: 'Overgenomen. Leg dit hier vast als nieuwe revisie: sla het dossier op. Bewaar ook het bestand.', joinedWith: 'Met antwoorden uit een dossier dat een eigen kant op ging; laatste hash daarvan: {0}.',
    different: 'Dit is een ander dossier dan het dossier dat hier open is. Zij hebben geen enkele revisie gemeen.', instead: 'Zaakbestand van hier opslaan en het bestand openen', changed: 'Het dossier in dit bestand is niet zoals het is vastgelegd. Het is niet geopend.',
  },
  en: {
    continues: 'This dossier goes on where the one here ends. Revisions that were added: {0}.', older: 'This is an earlier state of the dossier that is open here. Revisions that go further here: {0}.', same: 'This dossier is open here already, with the same revisions.',
    nothing: 'Nothing was changed here.', unrecorded: 'What was filled in here and has not been recorded yet has stayed.', brought: 'What was filled in in the file and had not been recorded yet was taken over.', clash: 'The file says something else of this. What is here stays. The file has:',
    forked: 'The dossiers are the same up to and including revision {0}. After that something was recorded in both. Own revisions here: {1}; in the file: {2}. Neither goes on with the other. Keep both files.',
    join: 'Take over what is different in the file', joined: 'Taken over. Record this here as a new revision: save the dossier. Keep the file, too.', joinedWith: 'With answers from a dossier that went its own way; its last hash: {0}.',
    different: 'This is another dossier than the one that is open here. They have no revision in common.', instead: 'Save the case file from here and open the file', changed: 'The dossier in this file is not as it was recorded. It has not been opened.',
  },
  de: {
    continues: 'Dieses Dossier geht dort weiter, wo das hiesige endet. Hinzugekommene Revisionen: {0}.', older: 'Dies ist ein früherer Stand des Dossiers, das hier offen ist. Revisionen, die hier weiter gehen: {0}.', same: 'Dieses Dossier ist hier schon offen, mit denselben Revisionen.',
    nothing: 'Hier wurde nichts geändert.', unrecorded: 'Was hier ausgefüllt und noch nicht festgehalten wurde, ist geblieben.', brought: 'Was in der Datei ausgefüllt und noch nicht festgehalten war, wurde übernommen.', clash: 'Hierzu sagt die Datei etwas anderes. Was hier steht, bleibt. In der Datei steht:',
    forked: 'Die Dossiers sind bis einschließlich Revision {0} gleich. Danach wurde in beiden etwas festgehalten. Eigene Revisionen hier: {1}; in der Datei: {2}. Keines führt das andere weiter. Bewahren Sie beide Dateien auf.',
    join: 'Übernehmen, was in der Datei anders ist', joined: 'Übernommen. Halten Sie dies hier als neue Revision fest: speichern Sie das Dossier. Bewahren Sie auch die Datei auf.', joinedWith: 'Mit Antworten aus einem Dossier, das einen eigenen Weg ging; dessen letzter Hash: {0}.',
    different: 'Dies ist ein anderes Dossier als das, das hier offen ist. Sie haben keine Revision gemeinsam.', instead: 'Falldatei von hier speichern und die Datei öffnen', changed: 'Das Dossier in dieser Datei ist nicht so, wie es festgehalten wurde. Es wurde nicht geöffnet.',
  },
};
