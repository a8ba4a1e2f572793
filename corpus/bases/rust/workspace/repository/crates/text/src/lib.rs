pub fn joined(parts: &[String]) -> String {
    parts.join(" ")
}
