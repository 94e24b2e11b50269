"""The commands as they are typed: arguments, options, help; what they do stands elsewhere."""
