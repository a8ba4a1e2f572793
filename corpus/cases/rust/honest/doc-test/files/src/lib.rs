/// The sum of both.
///
/// ```
/// assert_eq!(sums::add(20, 22), 42);
/// ```
pub fn add(a: i64, b: i64) -> i64 {
    a + b
}
