"""What the files of `content/attachments/` really hold: each kind is read by hand, within limits, and never run."""
