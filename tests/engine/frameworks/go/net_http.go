// Outside text in net/http.
package main

import (
	"database/sql"
	"fmt"
	"html"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

var db *sql.DB

func users(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil {
		return
	}
	db.Query(fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name)) // expect: sql-injection
	db.Query("SELECT * FROM users WHERE name = $1", name)
	db.Query(fmt.Sprintf("SELECT * FROM users LIMIT %d", limit))
	fmt.Fprintf(w, "<h1>%s</h1>", name) // expect: unescaped-html
	fmt.Fprintf(w, "<h1>%s</h1>", html.EscapeString(name))
}

func file(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if strings.Contains(name, "..") {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	os.ReadFile("/srv/" + name)
	exec.Command("sh", "-c", "show "+name).Run() // expect: shell-injection
}

func main() {
	http.HandleFunc("/users", users)
	http.HandleFunc("/file/{name}", file)
	http.HandleFunc("/leave", func(w http.ResponseWriter, r *http.Request) {
		next := r.FormValue("next")
		if next == "/start" {
			http.Redirect(w, r, next, http.StatusFound)
			return
		}
		http.Redirect(w, r, next, http.StatusFound) // expect: open-redirect
	})
}
