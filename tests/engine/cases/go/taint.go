package main

import (
	"danger"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"web"
)

var allowed = map[string]bool{"a": true}

type job struct {
	command string
	name    string
}

func flows(request *web.Request, count int, other string) {
	danger.run(request.args["command"])        // expect: to-shell
	danger.run("ls " + request.args["command"]) // expect: to-shell
	text := web.secret_source()
	danger.run(fmt.Sprintf("ls %s", text)) // expect: to-shell
	danger.run(fmt.Sprintf("ls %d", text))
	danger.run(strings.Join([]string{"ls", text}, " ")) // expect: to-shell
	danger.run(strings.ToLower(text))                   // expect: to-shell
	danger.run(count)
	danger.run(other)
	number, err := strconv.Atoi(text)
	if err != nil {
		return
	}
	danger.run(number)
	danger.run(fmt.Sprint(number))
	made := job{command: text, name: "ls"}
	danger.run(made.command) // expect: to-shell
	danger.run(made.name)
	made.name = text
	danger.run(made.name) // expect: to-shell
}

func sideEffects() error {
	var buffer web.Buffer
	web.read_into(&buffer, 10)
	danger.run(buffer) // expect: to-shell
	var text string
	web.read_into(&text)
	danger.run(text) // expect: to-shell
	words := []string{"ls"}
	words = append(words, text)
	for _, word := range words {
		danger.run(word) // expect: to-shell
	}
	return errors.New(text)
}

func guards() {
	text := web.secret_source()
	if text == "a" {
		danger.run(text)
	}
	if !web.is_safe(text) {
		return
	}
	danger.run(text)
	second := web.secret_source()
	switch second {
	case "a", "b":
		danger.run(second)
	default:
		danger.run(second) // expect: to-shell
	}
	if _, ok := allowed[second]; !ok {
		return
	}
}

func pair(text string) (string, error) {
	return text, nil
}

func results() {
	text, err := pair(web.secret_source())
	danger.run(err)
	danger.run(text) // expect: to-shell
}

func (j *job) run() {
	danger.run(j.command)
}

