use kit::same;
use sums::add;

#[test]
fn adds() {
    same(add(2, 3), 5);
}

#[test]
fn adds_nothing() {
    same(add(4, 0), 4);
}
