"""What readers fetch."""

from django.http import HttpResponse


def front(request):
    return HttpResponse("")


def story(request, slug):
    return HttpResponse("")


def update(request, slug, id):
    return HttpResponse("")


def topic(request, slug):
    return HttpResponse("")


def source(request, slug):
    return HttpResponse("")


def author(request, slug):
    return HttpResponse("")
