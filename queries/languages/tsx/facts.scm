; TSX: TypeScript with the JSX of JavaScript; nothing of its own.
