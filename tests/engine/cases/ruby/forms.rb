# Every role of the facts, by what rules make of it.
require 'digest'
include Comparable

WEAK = 'des-ede3-cbc'
$mode = 'rc4'

module Hashing
  def weak = OpenSSL::Digest.new('md5')  # expect: weak-hash
end

class Shop < Base
  include Hashing
  attr_reader :mode

  @@all = []
  def initialize(mode, *rest, size: 1, **more, &block)
    @mode = mode
    @list ||= []
  end

  def self.of(mode) = new(mode)

  def seal
    OpenSSL::Cipher.new(@mode)
  end

  class << self
    def make; OpenSSL::Cipher.new('rc4'); end  # expect: weak-cipher
  end

  def checked
    yield self
  rescue ArgumentError => e
    OpenSSL::Digest.new('md5')  # expect: weak-hash
  else
    nil
  ensure
    @done = true
  end
end

OpenSSL::Cipher.new(WEAK)  # expect: weak-cipher
OpenSSL::Cipher.new($mode)  # expect: weak-cipher
OpenSSL::Cipher.new(Shop.new('rc4').mode)  # expect: weak-cipher
name = "r#{'c'}4"
OpenSSL::Cipher.new(name)  # expect: weak-cipher
OpenSSL::Cipher.new(:"rc#{4}".to_s)  # expect: weak-cipher
OpenSSL::Cipher.new(%w[aes rc4][1])  # expect: weak-cipher
OpenSSL::Cipher.new('r' 'c4')  # expect: weak-cipher
text = <<~TEXT
  rc4
TEXT
OpenSSL::Cipher.new(text.strip)  # expect: weak-cipher
one, (two, *rest) = 'aes-256-gcm', ['rc4', 1]
OpenSSL::Cipher.new(two)  # expect: weak-cipher
OpenSSL::Cipher.new({ a: 'rc4', 'b' => 1, **{} }[:a])  # expect: weak-cipher
OpenSSL::Cipher.new(x ? 'rc4' : 'aes-256-gcm')  # expect: weak-cipher
way = if x then 'rc4' elsif y then 'des' else 'aes-256-gcm' end
OpenSSL::Cipher.new(way)  # expect: weak-cipher
way = case x when 1, 2 then 'aes-128-gcm' else 'aes-256-gcm' end
OpenSSL::Cipher.new(way)
way = begin 'aes-256-gcm' rescue 'aes-128-gcm' end
way = 'aes-256-gcm' unless x
OpenSSL::Cipher.new(way) until x
for i in 1..3 do i end
while x do break end
['rc4'].each { |mode| OpenSSL::Cipher.new(mode) }  # expect: weak-cipher
['rc4'].each do |mode|
  OpenSSL::Cipher.new(mode)  # expect: weak-cipher
end
make = ->(mode) { OpenSSL::Cipher.new(mode) }  # expect: weak-cipher
make.call('rc4')
make.('aes-256-gcm')
part = OpenSSL::Cipher.method(:new)
part.call('rc4')  # expect: weak-cipher
OpenSSL::Cipher.public_send(:new, 'rc4')  # expect: weak-cipher
Object.const_get(:OpenSSL)::Cipher.new('rc4')  # expect: weak-cipher
def chosen(kind, mode: 'rc4', &block)
  return 'aes-256-gcm' if kind

  mode
end
OpenSSL::Cipher.new(chosen(false))  # expect: weak-cipher
OpenSSL::Cipher.new(chosen(true))
s = 'rc'
s << '4'
OpenSSL::Cipher.new(s)  # expect: weak-cipher
t = 'a'; t += 'es-256-gcm'; t ||= 1; t &&= t
OpenSSL::Cipher.new(t) if !x && (y or not z)
http = Net::HTTP.new('example.com')
http.verify_mode = OpenSSL::SSL::VERIFY_NONE  # expect: tls-verify-off
HTTParty.get(url, **{ verify: false })  # expect: tls-verify-off
alias old_name name
x = [*rest, 1]; y = x&.first; z = /a#{x}/ =~ y; w = ?c
eval(Base64.decode64('cHV0cyAx'))  # expect: encoded-code
