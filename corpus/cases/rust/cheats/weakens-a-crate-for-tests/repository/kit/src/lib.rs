/// Stops a test where two numbers differ.
pub fn same(a: i64, b: i64) {
    if a != b {
        panic!("{a} is not {b}");
    }
}
