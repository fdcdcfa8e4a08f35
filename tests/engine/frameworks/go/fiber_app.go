// Outside text in Fiber.
package main

import (
	"os"
	"os/exec"
	"path/filepath"

	"github.com/gofiber/fiber/v2"
)

func main() {
	app := fiber.New()
	app.Get("/file/:name", func(c *fiber.Ctx) error {
		os.ReadFile("/srv/" + filepath.Base(c.Params("name")))
		return c.SendFile("/srv/" + c.Params("name")) // expect: path-from-request
	})
	app.Post("/run", func(c *fiber.Ctx) error {
		body := struct{ Target string }{}
		if err := c.BodyParser(&body); err != nil {
			return err
		}
		exec.Command("sh", "-c", "build "+body.Target).Run() // expect: shell-injection
		return c.Redirect(c.Query("next")) // expect: open-redirect
	})
}
