// Outside text in Echo.
package main

import (
	"html"
	"net/http"
	"os/exec"

	"github.com/labstack/echo/v4"
)

func page(c echo.Context) error {
	name := c.QueryParam("name")
	if name == "admin" {
		return c.HTML(http.StatusOK, "<h1>"+name+"</h1>")
	}
	if c.Param("safe") != "" {
		return c.HTML(http.StatusOK, "<h1>"+html.EscapeString(name)+"</h1>")
	}
	return c.HTML(http.StatusOK, "<h1>"+name+"</h1>") // expect: unescaped-html
}

func main() {
	e := echo.New()
	e.GET("/", page)
	e.POST("/run", func(c echo.Context) error {
		exec.Command("sh", "-c", "build "+c.FormValue("target")).Run() // expect: shell-injection
		return c.Redirect(http.StatusFound, c.FormValue("next")) // expect: open-redirect
	})
}
