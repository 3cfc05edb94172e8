// The words for lists of records, in each language.

export default {
  nl: {
    listAdd: '{0} toevoegen', listRemove: 'Verwijderen', listSave: '{0} opslaan', listSaved: '{0} is opgeslagen.', listRemoved: '{0} is verwijderd.', listUndo: '{0} terugzetten', listBack: '{0} is teruggezet.',
    listNone: 'Niets toe te voegen?', listEmpty: 'Er zijn er geen', listAll: 'Zijn dit ze allemaal?', listThese: 'Ja, dit zijn ze allemaal', listMore: 'Misschien zijn er meer', listFull: 'Meer dan {0} passen er niet in deze lijst.', optional: 'mag leeg blijven',
    error_listAll: 'Zeg of dit ze allemaal zijn.', error_listOpen: 'Sla op wat u hebt ingevuld, of kies ‘Annuleren’.',
  },
  en: {
    listAdd: 'Add: {0}', listRemove: 'Remove', listSave: 'Save: {0}', listSaved: '{0} was saved.', listRemoved: '{0} was removed.', listUndo: 'Put back: {0}', listBack: '{0} was put back.',
    listNone: 'Nothing to add?', listEmpty: 'There are none', listAll: 'Are these all of them?', listThese: 'Yes, these are all of them', listMore: 'There may be more', listFull: 'This list takes no more than {0}.', optional: 'optional',
    error_listAll: 'Say whether these are all of them.', error_listOpen: 'Save what you filled in, or choose “Cancel”.',
  },
  de: {
    listAdd: 'Hinzufügen: {0}', listRemove: 'Entfernen', listSave: 'Speichern: {0}', listSaved: '{0} wurde gespeichert.', listRemoved: '{0} wurde entfernt.', listUndo: 'Wiederherstellen: {0}', listBack: '{0} wurde wiederhergestellt.',
    listNone: 'Nichts hinzuzufügen?', listEmpty: 'Es gibt keine', listAll: 'Sind das alle?', listThese: 'Ja, das sind alle', listMore: 'Vielleicht gibt es mehr', listFull: 'Mehr als {0} passen nicht in diese Liste.', optional: 'kann leer bleiben',
    error_listAll: 'Geben Sie an, ob das alle sind.', error_listOpen: 'Speichern Sie, was Sie ausgefüllt haben, oder wählen Sie „Abbrechen“.',
  },
};
