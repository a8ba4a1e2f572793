pub fn both(a: &str, b: &str) -> String {
    text::joined(&[a.to_string(), b.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_a_space_between() {
        assert_eq!(both("a", "b"), "a b");
    }
}
