# Names are looked up in the file: what is local is known, a variable's default may be replaced from outside.
resource "kind" "first" {
  privileged = local.yes # expect: setting
  capabilities {         # expect: drops
    add = ["ALL"] # expect: setting
  }
  capabilities {
    drop = ["ALL"]
  }
}

locals {
  yes = true
  no  = "false"
}

variable "wanted" {
  default = true
}

resource "kind" "second" {
  privileged = local.no
  inner {
    privileged = var.wanted # expect: setting
  }
  object = { privileged = "tr${"ue"}" } # expect: setting
  policy = jsonencode({
    privileged = !false # expect: setting
    port       = var.unknown
  })
}

module "third" {
  kind = "Open"
  port = 1 // expect: kind
  x    = lower("OPEN") /* nothing */
}
