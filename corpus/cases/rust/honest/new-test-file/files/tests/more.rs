use sums::add;

#[test]
fn adds_more() {
    assert_eq!(add(20, 22), 42);
}
