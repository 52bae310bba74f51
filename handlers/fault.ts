/** Something of ours that is broken. Its message quotes nothing of an event or an item, and so may stand in a log. */
export class Fault extends Error {
  override readonly name = "Fault";
}
