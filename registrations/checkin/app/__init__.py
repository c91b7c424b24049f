"""The door as an app on a phone: the same page for everybody, kept by the browser, started without a network."""
