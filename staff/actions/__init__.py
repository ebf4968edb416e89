"""What the internal section writes."""
