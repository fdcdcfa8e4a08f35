// Paths, macros, patterns, traits, closures and results: each role of the language.
use std::collections::HashMap;
use std::{fs, io::{self, Read as R}};
use danger::run as start;
extern crate web;

const LINE: &str = concat!("a", "b");
static OFF: bool = !true;
mod inner {
    pub const ON: bool = true;
    pub fn pick() -> bool {
        ON
    }
}
enum Level {
    Low = 1,
    High,
}
struct Job {
    line: String,
    count: u32,
}
trait Runs {
    fn run(&self) {
        eval("default");
    }
}
impl Job {
    fn new(line: &str) -> Self {
        Self { line: line.to_string(), count: 0u32 }
    }
    fn go(&mut self, times: i32) {
        self.count += 1;
        eval(&self.line); // expect: code
    }
}
impl Runs for Job {}
type Alias = Job;

async fn flow(name: String, (a, b): (i32, i32)) -> Result<(), Error> {
    let mut map = HashMap::new();
    map.insert("k", name.clone());
    eval(LINE); // expect: code
    eval("constant");
    let raw = r#"a "raw" text"#;
    let bytes = b"bytes";
    let text = format!("select {} {name}", raw);
    db.execute(&text); // expect: sql
    db.execute(&format!("select {}", 7));
    if let Some(found) = map.get("k") {
        eval(found); // expect: code
    } else if OFF {
        return Err(Error::new());
    } else {
        panic!("no");
    }
    let Some(held) = some() else { return Ok(()) };
    let chosen = match a {
        1 | 2 => "low",
        n if n > 9 => raw,
        _ => LINE,
    };
    eval(chosen);
    for (number, part) in name.split(',').enumerate() {
        eval(part); // expect: code
        continue;
    }
    while let Some(x) = held.next() {
        break;
    }
    loop {
        break;
    }
    let double = |x: i32| x * 2;
    let call = move |line: &str| {
        eval(line); // expect: code
    };
    call(raw);
    let mut job = Alias::new("x");
    job.go(double(3) as i32);
    job.count = bytes[0] as u32;
    let t = (1, [0u8; 4]);
    let last = unsafe { &*t.1.as_ptr() };
    let read = fs::read_to_string("a")?.len();
    settings.debug = inner::pick(); // expect: debug
    start(&web::request::args); // expect: to-shell
    let line = web::request::args.await.unwrap();
    danger::run(line); // expect: to-shell
    Ok(())
}
