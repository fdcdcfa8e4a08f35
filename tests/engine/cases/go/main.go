package main

import (
	"crypto/tls"
	"database/sql"
	"fmt"
	"net/http"
	run "os/exec"
)

type store struct {
	db *sql.DB
}

const off = !false

func client() *http.Client {
	config := &tls.Config{InsecureSkipVerify: true} // expect: tls
	other := tls.Config{InsecureSkipVerify: off, MinVersion: 3} // expect: tls
	_ = tls.Config{InsecureSkipVerify: false}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
}

func (s *store) find(w http.ResponseWriter, r *http.Request) error {
	name := r.FormValue("name")
	query := fmt.Sprintf("select * from t where name = '%s'", name)
	rows, err := s.db.Query(query) // expect: sql
	if err != nil {
		return err
	}
	s.db.Query("select " + name) // expect: sql
	s.db.Query("select ?", name)
	command := run.Command
	command("ls") // expect: shell
	for _, part := range []string{"a"} {
		run.Command(part) // expect: shell
	}
	func() {
		run.Command("ls") // expect: shell
	}()
	return nil
}
