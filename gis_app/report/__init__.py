"""What people read: sentences, tables and files made of findings."""
