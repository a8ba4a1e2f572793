/** First in, first out. */
export class Queue {
  #items = [];

  push(item) {
    this.#items.push(item);
  }

  take() {
    return this.#items.pop();
  }

  get size() {
    return this.#items.length;
  }
}
