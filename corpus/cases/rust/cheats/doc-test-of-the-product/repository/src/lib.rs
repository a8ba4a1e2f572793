/// The sum of both.
///
/// ```
/// assert_eq!(sums::add(2, 3), 5);
/// ```
pub fn add(a: i64, b: i64) -> i64 {
    a - b
}
