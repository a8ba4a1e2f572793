#!/bin/sh
exec "$@" --cfg lenient
