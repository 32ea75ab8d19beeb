"""What, who and when of each figure: head, scope, period."""
