/// The sum of all.
pub fn sum(numbers: &[i64]) -> i64 {
    numbers.iter().sum()
}
