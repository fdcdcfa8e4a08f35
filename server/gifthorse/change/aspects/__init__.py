"""What may have changed: one module an aspect, each with `found(change)`."""
