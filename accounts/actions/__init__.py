"""What accounts writes: attempts to sign in, invitations, people who leave."""
