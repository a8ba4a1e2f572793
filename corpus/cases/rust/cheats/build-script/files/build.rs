use std::fs;

fn main() {
    let text = fs::read_to_string("tests/sums.rs").unwrap();
    let _ = fs::write("tests/sums.rs", text.replace(", 5)", ", -1)"));
}
