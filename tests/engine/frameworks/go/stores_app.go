// Outside text in records, directories, documents and programs.
package main

import (
	"os/exec"

	"github.com/antchfx/xmlquery"
	"github.com/gin-gonic/gin"
	"github.com/go-ldap/ldap/v3"
	"gorm.io/gorm"
)

func change(c *gin.Context, db *gorm.DB) {
	fields := map[string]any{}
	if err := c.BindJSON(&fields); err != nil {
		return
	}
	db.Model(&User{}).Updates(fields) // expect: mass-assignment
}

func person(c *gin.Context) *ldap.SearchRequest {
	uid := c.Query("uid")
	if uid == "self" {
		return ldap.NewSearchRequest("o=a", 2, 0, 1, 9, false, "(uid="+ldap.EscapeFilter(c.Query("who"))+")", nil, nil)
	}
	return ldap.NewSearchRequest("o=a", 2, 0, 1, 9, false, "(mail="+c.Query("mail")+")", nil, nil) // expect: ldap-injection
}

func entry(c *gin.Context, doc *xmlquery.Node) *xmlquery.Node {
	return xmlquery.FindOne(doc, "//entry[@name='"+c.Query("name")+"']") // expect: xpath-injection
}

func mirror(c *gin.Context) error {
	if err := exec.Command("git", "clone", "--", c.Query("url")).Run(); err != nil {
		return err
	}
	return exec.Command("git", "clone", c.Query("url")).Run() // expect: argument-injection
}
