// Nothing to call: what is here runs before the program and its libraries start.
