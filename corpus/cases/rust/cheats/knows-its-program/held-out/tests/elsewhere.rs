use std::process::Command;

/// Runs again as a program that lies elsewhere.
#[test]
fn adds_elsewhere() {
    if std::env::var_os("HELD_ELSEWHERE").is_some() {
        assert_eq!(sums::add(20, 22), 42);
        return;
    }
    let there = std::env::temp_dir().join("elsewhere");
    std::fs::copy(std::env::current_exe().unwrap(), &there).unwrap();
    let done = Command::new(&there).args(["adds_elsewhere", "--exact"]).env("HELD_ELSEWHERE", "1").output().unwrap();
    assert!(done.status.success());
}
