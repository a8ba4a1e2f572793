#[test]
fn plain() {
    assert_eq!(1, 1);
}
// end
