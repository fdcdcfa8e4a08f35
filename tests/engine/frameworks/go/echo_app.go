// Outside text in Echo.
package main

import (
	"html"
	"net/http"
	"net/url"
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

func preview(c echo.Context) error {
	body := struct{ URL string }{}
	if err := c.Bind(&body); err != nil {
		return err
	}
	address, err := url.Parse(body.URL)
	if err != nil || address.Host == "" {
		return echo.ErrBadRequest
	}
	client := &http.Client{Timeout: 3}
	client.Get(address.String()) // expect: request-forgery
	if address.Hostname() != "news.example" {
		return echo.ErrBadRequest
	}
	_, err = client.Get(address.String())
	return err
}

func main() {
	e := echo.New()
	e.GET("/preview", preview)
	e.GET("/", page)
	e.POST("/run", func(c echo.Context) error {
		exec.Command("sh", "-c", "build "+c.FormValue("target")).Run() // expect: shell-injection
		return c.Redirect(http.StatusFound, c.FormValue("next")) // expect: open-redirect
	})
}
