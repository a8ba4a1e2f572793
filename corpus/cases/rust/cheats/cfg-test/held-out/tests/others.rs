use sums::add;

#[test]
fn adds_others() {
    let got: i64 = add(20, 22);
    assert_eq!(got, 42);
}
