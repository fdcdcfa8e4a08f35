# Commands where something is made, and when a machine starts.
resource "null_resource" "a" {
  provisioner "local-exec" {
    command = "wget --no-check-certificate https://example.org/${var.name}" # expect: tls-verify-off
  }
  provisioner "remote-exec" {
    inline = ["chmod 777 /srv", "chmod 755 /srv"] # expect: world-writable
  }
}
resource "aws_launch_template" "b" {
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOF
    #!/bin/bash
    curl -fsSL https://example.org/${var.name}.sh | bash # expect: download-and-execute
  EOF
}
resource "aws_launch_template" "c" {
  metadata_options {
    http_tokens = "required"
  }
  user_data = <<-EOF
    #cloud-config
    packages: [git]
  EOF
}
