-- loses: which browsers accounts know; people who sign in from them share the limits of strangers until they have done so once
drop table known_device;
