// Classes, extensions, labels, closures, guards and optionals: each role of the language.
import Foundation

typealias Line = String
let off: Bool = !true
enum Level: Int {
  case low = 1
  case high
}

class Job: NSObject {
  static let shared = Job(line: "x")
  var line: String
  var count = 0
  init(line: String) {
    self.line = line
    super.init()
  }
  func run(_ times: Int, by name: String) -> String {
    eval(line)  // expect: code
    return name
  }
  var shown: String { return "shown" }
}

extension Job {
  func again() {
    eval(line)  // expect: code
  }
}

protocol Runs {
  func run()
}

func flow(name: String, cb: @escaping (Int) -> Void) throws -> Int {
  guard let first = find(name), first.count > 1 else {
    return 1
  }
  eval(first)  // expect: code
  eval("constant")
  if let second = find(name) {
    eval(second)  // expect: code
  } else if off {
    throw Failure.none
  } else {
    eval(name)  // expect: code
  }
  switch first {
  case "a": eval(name)  // expect: code
  case let other where other.isEmpty: break
  default: cb(1)
  }
  for part in name.split(separator: ",") {
    eval(part)  // expect: code
    continue
  }
  while off { break }
  repeat { cb(2) } while off
  do {
    try risky()
  } catch let error as NSError {
    eval(error)  // expect: code
  } catch {
    print(error)
  }
  let raw = #"raw\n"#
  let text = """
    select \(raw)
    """
  db.execute(text)
  db.execute("select \(name)")  // expect: sql
  let call = { (line: String) in eval(line) }  // expect: code
  call(raw)
  let both = (1, two: "b")
  let (one, two) = both
  let dict = ["k": name, "j": raw]
  eval(dict["k"]!)  // expect: code
  var list = [raw]
  list.append(name)
  let job = Job(line: raw)
  job.run(1, by: name)
  job.count += 1
  job.again()
  let chosen = off ? raw : name ?? "none"
  let number = 0xFF as? Int
  settings.debug = !off  // expect: debug
  danger.run(web.request.args)  // expect: to-shell
  return both.0 + one
}
