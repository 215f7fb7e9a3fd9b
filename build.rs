//! Builds again when a file is added to the page or taken from it; the compiler sees only those that it embedded.

fn main() {
    println!("cargo::rerun-if-changed=web");
}
