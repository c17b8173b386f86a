alter table job drop column trace_origin;
