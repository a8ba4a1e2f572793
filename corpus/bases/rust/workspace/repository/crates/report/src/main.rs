fn main() {
    println!("{}", sums::told(2, sums::add(1, 1)));
}
