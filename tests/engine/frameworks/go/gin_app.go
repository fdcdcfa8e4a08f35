// Outside text in Gin.
package main

import (
	"database/sql"
	"html"
	"net/http"
	"os/exec"

	"github.com/gin-gonic/gin"
)

type job struct {
	Command string `json:"command"`
	Count   int    `json:"count"`
}

func users(db *sql.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		name := c.Query("name")
		db.Query("SELECT * FROM users WHERE name = '" + name + "'") // expect: sql-injection
		db.Query("SELECT * FROM users WHERE name = ?", name)
	}
}

func run(c *gin.Context) {
	var body job
	if err := c.ShouldBindJSON(&body); err != nil {
		return
	}
	exec.Command("sh", "-c", body.Command).Run() // expect: shell-injection
	exec.Command("build", "--", body.Command).Run()
	c.Redirect(http.StatusFound, c.PostForm("next")) // expect: open-redirect
}

func main() {
	router := gin.Default()
	router.POST("/run", run)
	router.GET("/page/:name", func(c *gin.Context) {
		name := c.Param("name")
		c.Data(http.StatusOK, "text/html", []byte("<h1>"+name+"</h1>")) // expect: unescaped-html
		c.Data(http.StatusOK, "text/html", []byte("<h1>"+html.EscapeString(name)+"</h1>"))
	})
	router.Run()
}
