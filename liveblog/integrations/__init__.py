"""What leaves the newsroom after a commit: webhooks, WebSub, IndexNow."""
