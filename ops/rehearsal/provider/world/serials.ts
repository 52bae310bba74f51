/** Counts what is made during a rehearsal, so that no two made-up ids are the same. */
export class Serials {
  private last = 0;

  next(): number {
    this.last += 1;
    return this.last;
  }
}
