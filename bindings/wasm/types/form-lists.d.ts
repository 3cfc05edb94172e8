// `leidraad/form-lists`: lists of records in a form that exists, for the option `lists` of `bindForm`.

import type { Field, FieldName, ListReader } from './form.js';

/** Where the records of each list are, by the id of its question. */
export declare function lists(lists: { [question: string]: List }): ListReader;

export interface List {
  /**
   * What the names of its fields begin with, where that is not the id of the question. Behind it come a number and the field:
   * `name[0][field]`, `data[name][0][field]`, `name[items][0][_item_][field]`, `name.0.field` or `name-0-field`.
   */
  name?: string;
  /** As the option `fields` of `bindForm`, for the fields of a record: names without what stands before them. */
  fields?: { [field: string]: FieldName | Field };
  /**
   * Whether these are all: a field that says so, or how to read it from the form; `null` for “nobody knows”. Without a yes there may
   * always be more, and without a record nothing is answered.
   */
  complete?: string | Field | ((form: Element) => boolean | null | undefined);
}
