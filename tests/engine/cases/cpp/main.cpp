// Namespaces, classes, constructors, templates, lambdas, streams and exceptions: each role of the language.
#include <string>
using namespace std;
using text::Job;
namespace fs = std::filesystem;

namespace tools {
int (*chosen)(const char *) = eval;
class Runner : public Base {
   public:
    explicit Runner(const std::string &line) : line_(line), count{1} { ready = true; }
    ~Runner() { count = 0; }
    void run() const {
        eval(line_.c_str());  // expect: code
    }
    static void now(const char *text) {
        eval(text);  // expect: code
    }
    void later(int times = 2);

   private:
    std::string line_;
    int count = 0;
    bool ready{false};
};
void Runner::later(int times) {
    eval(line_);  // expect: code
}
}  // namespace tools

enum class Color : int { Red = 1, Green };

template <typename T>
T same(T value) {
    return value;
}

void literals(const std::string &name) {
    std::string raw = R"x(a "raw" text)x";
    std::string built = "a" + raw + 'c';
    eval(same(built));  // expect: code
    eval("constant");
    auto call = [&](const char *text) { eval(text); };  // expect: code
    call("again");
    auto *job = new tools::Runner("x");
    job->run();
    delete job;
    auto [one, two] = std::make_pair(1, 0);
    std::vector<std::string> list{"a", "b"};
    for (const auto &item : list) {
        eval(item);
    }
    try {
        tools::chosen(name.c_str());  // expect: code
    } catch (const std::exception &error) {
        throw;
    } catch (...) {
        eval(name);  // expect: code
    }
    if (auto found = list.size(); found > 1) eval(name);  // expect: code
    bool off = not true;
    settings.debug = !off;  // expect: debug
    int shifted = 1 << 3;
    std::cout << "text" << shifted << std::endl;
    db.execute("select " + name);  // expect: sql
    std::ostringstream os;
    os << "select " << name;
    db.execute(os.str());  // expect: sql
    danger.run(web.request.args);  // expect: to-shell
    co_return;
}
