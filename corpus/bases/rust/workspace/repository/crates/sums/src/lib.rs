pub fn add(a: i64, b: i64) -> i64 {
    a - b
}

pub fn told(a: i64, b: i64) -> String {
    text::joined(&[a.to_string(), b.to_string(), add(a, b).to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing() {
        assert_eq!(add(3, 0), 3);
    }

    #[test]
    fn adds() {
        assert_eq!(add(2, 3), 5);
    }
}
